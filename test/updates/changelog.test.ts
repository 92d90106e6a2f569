import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../scripts/lib/changelog.mjs';

const root = resolve(import.meta.dirname, '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

describe('the changelog', () => {
  it('says what is new in the version that the next release has', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const notes = notesOf(read('docs', 'CHANGELOG.md'), version);
    expect(notes, `docs/CHANGELOG.md has a section ## ${version}`).not.toBeNull();
  });

  it('is read by section: another version’s, and an empty one, are none', () => {
    const text =
      '# Changes\n\n## 1.10.0\n\n- ten\n\n## 1.1.0, 2027-01-31\n\n### Mended\n\n- one\n\n## 1.0.0\n\n';
    expect(notesOf(text, '1.1.0')).toBe('### Mended\n\n- one');
    expect(notesOf(text, '1.10.0')).toBe('- ten');
    expect(notesOf(text, '1.0.0')).toBeNull();
    expect(notesOf(text, '1.1')).toBeNull();
  });
});
