import { register } from "node:module";

register("./static_roots.js", import.meta.url);
