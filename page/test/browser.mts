// Debian's Chromium, and a server of static files as any web host is one.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.txt': 'text/plain',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.flac': 'audio/flac',
};

/** Serves a folder below `/somewhere/`, as a page may lie anywhere; the address ends with a slash. */
export async function serveFolder(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    if (path === '/favicon.ico') {
      response.writeHead(204).end(); // what a browser asks of every host, whatever the page says
      return;
    }
    const inside = normalize(path.replace(/^\/somewhere\//, '/'));
    const file = join(folder, inside.endsWith('/') ? `${inside}index.html` : inside);
    if (!path.startsWith('/somewhere/') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/somewhere/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function launch(args: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['PAGE_CHROMIUM'] ?? '/usr/bin/chromium',
    // Root in a container has no sandbox; nothing but the page's own files is opened.
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...args],
  });
}

/** A page that notes errors and every request to another host. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (e) => trouble.push(`error: ${e.message}`));
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') {
      trouble.push(`${m.type()}: ${m.text()}`);
    }
  });
  page.on('request', (r) => {
    const host = new URL(r.url()).host;
    if (/^https?:/.test(r.url()) && host !== new URL(url).host) {
      trouble.push(`request to ${r.url()}`);
    }
  });
  return { page, trouble };
}
