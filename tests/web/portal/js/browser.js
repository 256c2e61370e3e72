// Serves the page of `page.html` with one bundle and lets Debian's Chromium visit it.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

import { staticFile } from "./static_roots.js";

const TYPES = { ".js": "text/javascript", ".html": "text/html; charset=utf-8" };
const here = (file) => new URL(file, import.meta.url);

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};

function pageFor({ published }) {
  const page = readFileSync(here("page.html"), "utf8");
  return page.replace("RULES_DIGEST", published.rulesDigest).replace("FREEZE", published.freeze);
}

function contentOf(path, bundle) {
  if (path === "/") return pageFor(bundle);
  if (path === "/visitor.js") return readFileSync(here("visitor.js"));
  if (path.startsWith("/static/")) {
    const file = staticFile(path.slice("/static/".length));
    return file && readFileSync(file);
  }
  return bundle.files[path.replace("/draws/990000-2026-H101/files/", "")] ?? null;
}

function serve(bundle, { workers, asked, onReport }) {
  // As strict as the site's own policy; without workers the page must do the work itself.
  const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; worker-src '${workers ? "self" : "none"}'`;
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://test");
    asked.push(pathname);
    if (pathname === "/report") {
      response.end();
      return onReport(JSON.parse(await bodyOf(request)));
    }
    const content = contentOf(pathname, bundle);
    const type = TYPES[extname(pathname) || ".html"] ?? "application/octet-stream";
    response.writeHead(content === null ? 404 : 200, { "content-type": type, "content-security-policy": policy });
    return response.end(content ?? "");
  });
}

const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.address().port));
  });

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
  "--disable-background-networking",
];

function openChromium(url, profile, onFailure) {
  const chromium = spawn("chromium", [...FLAGS, `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  chromium.on("error", () => onFailure(new Error("chromium cannot be started: install Debian's package chromium")));
  chromium.on("exit", (code) => onFailure(new Error(`chromium ended early with code ${code}`)));
  return chromium;
}

/** What a visitor sees: {elapsed, beats, steps, answers, verdict, ok, saved} and the paths asked of the server. */
export async function visit(bundle, { codes = [], workers = true } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "visit-"));
  const asked = [];
  let server;
  let chromium;
  try {
    const report = await new Promise((resolve, reject) => {
      server = serve(bundle, { workers, asked, onReport: resolve });
      const query = new URLSearchParams(codes.map((code) => ["code", code]));
      listening(server).then((port) => {
        chromium = openChromium(`http://127.0.0.1:${port}/?${query}`, profile, reject);
      });
    });
    return { ...report, asked };
  } finally {
    await closed(chromium);
    server.closeAllConnections();
    server.close();
    await removed(profile);
  }
}

/** The browser's last process may still be writing for a moment, which a single pass would trip over. */
async function removed(folder, attempts = 20) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (attempts === 0) throw error;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    await removed(folder, attempts - 1);
  }
}

const closed = (child) =>
  new Promise((resolve) => {
    if (!child || child.exitCode !== null || !child.pid) return resolve();
    child.removeAllListeners("exit");
    child.once("exit", resolve);
    // Asked, not killed: a killed browser leaves processes behind that still write into the profile.
    return child.kill("SIGTERM");
  });
