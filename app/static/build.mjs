// Builds app/static/vendor/ from node_modules: only the rules, scripts and icons that our pages use.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";

const VENDOR = "app/static/vendor";
const OWN = "app/static/css";
const MODULES = "node_modules";
const PAGES = ["templates/**/*.html", "app/**/*.py", "app/static/js/**/*.js"];

// What htmx, the browser or our scripts put on elements after the page was written.
const TOGGLED = {
  standard: ["show", "active", "disabled", "collapsed", "collapsing", "fade", "is-invalid", "is-valid", "open"],
  deep: [/^htmx-/, /^was-validated/],
};

async function files(folder, ends) {
  const found = await readdir(folder, { recursive: true }).catch(() => []);
  return found.filter((name) => name.endsWith(ends)).map((name) => join(folder, name));
}

async function style() {
  const [{ css }] = await new PurgeCSS().purge({
    css: [`${MODULES}/@tabler/core/dist/css/tabler.min.css`],
    content: PAGES,
    safelist: TOGGLED,
    keyframes: true,
    variables: false, // our own style sheets use them too
    fontFace: true,
    defaultExtractor: (text) => text.match(/[\w/:.-]*[\w/-]/g) ?? [],
  });
  await keep("app.css", await bundled(css.replace(/^@charset[^;]*;/, "").replace(/\/\*(?!!)[\s\S]*?\*\//g, "")));
}

// One sheet instead of thirty requests: every @import of app.css, put where it stands, Tabler in its own layer.
async function bundled(tabler) {
  const sheet = await readFile(`${OWN}/app.css`, "utf8");
  const parts = sheet.split("\n").map(async (line) => {
    const [, url, layer] = line.match(/^@import url\("([^"]+)"\)(?: layer\((\w+)\))?;/) ?? [];
    if (!url) return line;
    return layer ? `@layer ${layer} {\n${tabler}\n}` : readFile(`${OWN}/${url}`, "utf8");
  });
  return (await Promise.all(parts)).join("\n"); // url("../marks/…") holds from both folders
}

// An icon is asked for as `#icon-NAME`, `icon("NAME")`, `icon="NAME"`, `icon_name="NAME"` or `"icon": "NAME"`.
const ASKED = /(?:#icon-|\b(?:icon|way)\(\s*["']|\bicon(?:_name)?["']?\s*[=:]\s*["'])([a-z0-9]+(?:-[a-z0-9]+)*)/g;

async function icons() {
  const looked = [files("templates", ".html"), files("app", ".py"), files("app/static/js", ".js")];
  const pages = (await Promise.all(looked)).flat();
  const texts = await Promise.all(pages.map((page) => readFile(page, "utf8")));
  const names = new Set(texts.flatMap((text) => [...text.matchAll(ASKED)].map(([, name]) => name)));
  const symbols = await Promise.all([...names].sort().map(symbol));
  await keep("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

async function symbol(name) {
  const drawn = await readFile(`${MODULES}/@tabler/icons/icons/outline/${name}.svg`, "utf8").catch(() => {
    throw new Error(`A template uses #icon-${name}, but Tabler has no outline icon "${name}".`);
  });
  const lines = drawn.slice(drawn.indexOf(">", drawn.indexOf("<svg")) + 1, drawn.lastIndexOf("</svg>"));
  return (
    `<symbol id="icon-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"` +
    ` stroke-linecap="round" stroke-linejoin="round">${lines.replace(/\s*\n\s*/g, "").trim()}</symbol>`
  );
}

async function script(from, to) {
  const text = await readFile(join(MODULES, from), "utf8");
  await keep(to, text.replace(/^\/\/# sourceMappingURL=.*$/gm, ""));
}

async function keep(name, text) {
  await writeFile(join(VENDOR, name), text);
  console.log(`  ${VENDOR}/${name}  ${(gzipSync(text).length / 1024).toFixed(1)} KB gzip`);
}

await mkdir(VENDOR, { recursive: true });
await Promise.all([
  style(),
  icons(),
  script("htmx.org/dist/htmx.min.js", "htmx.min.js"),
]);
