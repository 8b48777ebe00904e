// A static host that speaks HTTP/2, as those of pages do: node http2.mjs FOLDER KEY CERTIFICATE. Says its port in the first
// line, then in a line each how many bytes every answer had.
import { readFile } from "node:fs/promises";
import { createSecureServer } from "node:http2";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
const [folder, key, certificate] = process.argv.slice(2);
const packed = new Map(); // each file is compressed once

async function contentOf(path) {
  const content = await readFile(path);
  const small = gzipSync(content, { level: 9 });
  return small.length < content.length ? { body: small, encoding: { "content-encoding": "gzip" } } : { body: content, encoding: {} };
}

const server = createSecureServer({ key: await readFile(key), cert: await readFile(certificate) }, async (request, answer) => {
  const asked = decodeURIComponent(request.url.split("?")[0]);
  const path = join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
  if (!packed.has(path)) packed.set(path, contentOf(path));
  const found = await packed.get(path).catch(() => null);
  if (!found) return answer.writeHead(404).end();
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  answer.writeHead(200, { "content-type": type, "content-length": found.body.length, ...found.encoding });
  answer.end(found.body);
  process.stdout.write(`${found.body.length}\n`);
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
