import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { slashed } from '../kit/slashes.ts';
import { firstLook } from '../support/first-look.ts';

const RENDERER = join(import.meta.dirname, '../../renderer');
const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).map(slashed);
const read = (name: string) => readFileSync(join(RENDERER, name), 'utf8');
const page = read('index.html');

describe('the page', () => {
  it('has the strict policy, word for word', () => {
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-src 'none'",
    ]);
  });

  it('has no style or script of its own, and stops the one that React Aria would add', () => {
    expect(page).not.toMatch(/<style|\sstyle=|<script>/);
    expect(page).toContain('id="react-aria-pressable-style"');
    expect(read('styles/base.css')).toContain('[data-react-aria-pressable]');
    for (const name of files.filter((file) => file.endsWith('.tsx'))) {
      expect(read(name), name).not.toMatch(/\bstyle=\{|<style|dangerouslySetInnerHTML/);
    }
  });

  it('runs nothing of the contract that has a schema: its policy forbids compiling one', () => {
    const runs = files.filter((name) => /\.tsx?$/.test(name)).map((name) => join(RENDERER, name));
    const contract = new Set(runs.flatMap(firstLook).filter((path) => path.includes('/preload/')));
    expect([...contract].map((path) => basename(path))).toContain('money.ts');
    const packages = [...contract].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/^import (?!type ).*from '([^.][^']*)'/gm)].map(
        ([, from]) => from,
      ),
    );
    expect(packages).toEqual([]);
    expect(files.filter((name) => /\.tsx?$/.test(name) && /from 'zod/.test(read(name)))).toEqual([]);
  });

  it('waits for no widgets of React Aria before the first look', () => {
    const first = firstLook(join(RENDERER, 'main.tsx'));
    expect(first.map((path) => basename(path))).toContain('press.tsx');
    expect(first.filter((path) => readFileSync(path, 'utf8').includes('react-aria-components'))).toEqual([]);
  });

  it('only the bridge touches window.till', () => {
    const touching = files.filter(
      (name) => /\.tsx?$/.test(name) && /window\??\.till|globalThis\.till/.test(read(name)),
    );
    expect(touching).toEqual(['shared/bridge.ts']);
  });

  // Where the promise is kept while React waits, it replays without `use`, and the next hook is one too many for it: error 520.
  it('calls no hook after a `use` that is passed by where its part is here', () => {
    const withUse = files.filter((name) => name.endsWith('.tsx') && read(name).includes('?? use('));
    expect(withUse).toContain('later.tsx');
    const after = withUse.flatMap((name) =>
      [...read(name).matchAll(/\?\? use\([\s\S]*?^}$/gm)].map(([rest]) => rest),
    );
    expect(after.filter((rest) => /\buse[A-Z]\w*\(/.test(rest))).toEqual([]);
  });

  it('uses only classes that its style sheets have', () => {
    const unknown = files
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => {
        const source = read(name);
        const sheets = [...source.matchAll(/import \w+ from '([^']+\.module\.css)'/g)].map(([, sheet = '']) =>
          readFileSync(join(RENDERER, dirname(name), sheet), 'utf8'),
        );
        if (sheets.length === 0) return [];
        const css = sheets.join('\n');
        const used = [...source.matchAll(/\bc\(([^()]*)\)/g)].flatMap(([, given = '']) =>
          [...given.matchAll(/(?:^|,|&&)\s*'([a-z][A-Za-z]*)'/g)].map(([, one = '']) => one),
        );
        return used.filter((one) => !new RegExp(`\\.${one}\\b`).test(css)).map((one) => `${name}: ${one}`);
      });
    expect(unknown).toEqual([]);
  });
});
