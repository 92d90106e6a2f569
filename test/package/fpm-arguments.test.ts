import { expect, it } from 'vitest';

interface FpmArguments {
  readFpmArguments(argv: readonly string[]): object;
  controlFile(asked: object, installedKiB: number): string;
}

const { controlFile, readFpmArguments } = (await import(
  new URL('../../scripts/package/fpm-arguments.mjs', import.meta.url).href
)) as FpmArguments;

// As electron-builder 26 calls fpm for a deb.
const asked = [
  ...[
    '-s',
    'dir',
    '--force',
    '-t',
    'deb',
    '-d',
    'libgtk-3-0',
    '-d',
    'libnss3',
    '--deb-recommends',
    'gnome-keyring',
  ],
  ...[
    '--deb-compression',
    'xz',
    '--architecture',
    'amd64',
    '--after-install',
    '/tmp/in',
    '--after-remove',
    '/tmp/out',
  ],
  ...['--description', 'Top-ups that arrive once\n A companion.\n\nWith or without a network.'],
  ...[
    '--version',
    '1.2.3',
    '--package',
    '/dist/c.deb',
    '--name',
    'counterfoil',
    '--maintainer',
    'Us <us@shop.example>',
  ],
  ...['--vendor', 'Us', '--url', 'https://shop.example', '--category', 'misc', '--deb-priority', 'optional'],
  ...['/dist/unpacked/=/opt/Counterfoil', '/tmp/a=b/icon.png=/usr/share/icons/icon.png'],
];

it('reads what electron-builder asks for', () => {
  expect(readFpmArguments(asked)).toMatchObject({
    depends: ['libgtk-3-0', 'libnss3'],
    recommends: ['gnome-keyring'],
    copies: [
      { from: '/dist/unpacked', to: '/opt/Counterfoil' },
      { from: '/tmp/a=b/icon.png', to: '/usr/share/icons/icon.png' },
    ],
    scripts: { postinst: '/tmp/in', postrm: '/tmp/out' },
    file: '/dist/c.deb',
  });
});

it('writes a control file with one line a field', () => {
  expect(controlFile(readFpmArguments(asked), 1_234)).toBe(
    `Package: counterfoil
Version: 1.2.3
Architecture: amd64
Maintainer: Us <us@shop.example>
Installed-Size: 1234
Depends: libgtk-3-0, libnss3
Recommends: gnome-keyring
Section: misc
Priority: optional
Homepage: https://shop.example
Description: Top-ups that arrive once
 A companion.
 .
 With or without a network.
`,
  );
});

it.each([
  [['-s', 'dir', '-t', 'rpm'], /only a deb/],
  [asked.filter((argument) => argument !== '1.2.3' && argument !== '--version'), /--version is missing/],
  [[...asked, '--url'], /--url has no value/],
])('refuses what it cannot make', (argv, words) => {
  expect(() => readFpmArguments(argv)).toThrow(words);
});

it('leads to no page where there is none', () => {
  const none = asked.map((argument) => (argument === 'https://shop.example' ? 'none' : argument));
  expect(controlFile(readFpmArguments(asked), 1)).toContain('\nHomepage: https://shop.example\n');
  expect(controlFile(readFpmArguments(none), 1)).not.toContain('Homepage');
});
