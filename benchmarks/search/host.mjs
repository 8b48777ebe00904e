// A static host that compresses as most hosts do: node host.mjs FOLDER [KEY CERTIFICATE]; with a certificate it speaks HTTP/2.
// Prints its port in the first line, then one line with the number of bytes of each answer.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const NEVER_SMALLER = [".pf_index", ".pf_meta", ".pf_fragment", ".pagefind"]; // Pagefind's files are gzip already
const [folder, key, certificate] = process.argv.slice(2);
const packed = new Map(); // each file is compressed once

async function contentOf(path) {
  const content = await readFile(path);
  const small = NEVER_SMALLER.includes(extname(path)) ? content : gzipSync(content, { level: 9 });
  return small.length < content.length ? { body: small, encoding: { "content-encoding": "gzip" } } : { body: content, encoding: {} };
}

async function answered(request, answer) {
  const asked = decodeURIComponent(request.url.split("?")[0]);
  const path = join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
  if (!packed.has(path)) packed.set(path, contentOf(path));
  const found = await packed.get(path).catch(() => null);
  if (!found) return answer.writeHead(404).end();
  answer.writeHead(200, {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "content-length": found.body.length,
    "cache-control": path.endsWith("meta.json") ? "no-cache" : "max-age=600",
    ...found.encoding,
  });
  answer.end(found.body);
  process.stdout.write(`${found.body.length}\n`);
}

const signed = key && { key: await readFile(key), cert: await readFile(certificate) };
const server = key ? createSecureServer(signed, answered) : createServer(answered);
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
