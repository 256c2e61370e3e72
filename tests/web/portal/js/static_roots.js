// Node sees one static tree, as a browser does: every audience's static folder merged, packages under vendor/.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const audiences = join(repository, "mingcha/web");
const vendored = {
  "vendor/noble/": "node_modules/@noble/hashes/",
  "vendor/fflate.js": "node_modules/fflate/esm/browser.js",
};

/** The file behind /static/<path>, or null. */
export function staticFile(path) {
  for (const [prefix, folder] of Object.entries(vendored)) {
    if (path.startsWith(prefix)) return join(repository, folder, path.slice(prefix.length));
  }
  const places = readdirSync(audiences).map((audience) => join(audiences, audience, "static", path));
  return places.find((place) => existsSync(place)) ?? null;
}

export async function resolve(specifier, context, next) {
  if (!specifier.startsWith(".") || !context.parentURL?.includes("/static/")) return next(specifier, context);
  const { pathname } = new URL(specifier, context.parentURL);
  const file = staticFile(pathname.slice(pathname.lastIndexOf("/static/") + "/static/".length));
  return next(file === null ? specifier : pathToFileURL(file).href, context);
}
