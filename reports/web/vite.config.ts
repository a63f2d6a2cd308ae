// One HTML file out of everything: script and style inside, nothing left to load.
import {createHash} from 'node:crypto';
import {defineConfig, type Plugin} from 'vite';

// Only this very script may run; charts set styles on their elements; nothing may be fetched.
function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; ` +
      `img-src data: blob:; base-uri 'none'; form-action 'none'`;
}

function ascii(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (c) => `&#${c.codePointAt(0)};`);
}

function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        if (file.type === 'asset' && name.endsWith('.css')) style += file.source;
        if (!name.endsWith('.html')) delete bundle[name];
      }
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('there is no index.html');
      script = script.trim().replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
      if (/[^\x00-\x7f]/.test(script + style)) throw new Error('script and style must be ASCII');
      const html = ascii(String(page.source))
          .replace(/\s*<script type="module"[^>]*><\/script>/, '')
          .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
          .replace('<!-- policy -->', () =>
              `<meta http-equiv="Content-Security-Policy" content="${policy(script)}">`)
          .replace('<!-- style -->', () => `<style>${style.trim()}</style>`)
          .replace('<!-- script -->', () => `<script>${script}</script>`);
      page.source = html;
    },
  };
}

export default defineConfig({
  plugins: [oneFile()],
  base: './',
  esbuild: {charset: 'ascii', legalComments: 'none'},
  build: {
    target: 'es2021',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rollupOptions: {output: {format: 'iife', inlineDynamicImports: true}},
  },
});
