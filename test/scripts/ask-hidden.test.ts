import { PassThrough, type Readable, type Writable } from 'node:stream';
import { expect, it } from 'vitest';

interface Release {
  askHidden(input: Readable, output: Writable): { ask(question: string): Promise<string>; close(): void };
}
// Plain JavaScript, run before there is anything to compile it with.
const { askHidden } = (await import(
  new URL('../../scripts/lib/release.mjs', import.meta.url).href
)) as unknown as Release;

/** A terminal, and what stands on its screen. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = new PassThrough();
  const screen = () => String(output.read() ?? '');
  return { input, output, screen };
}

it('a passphrase that is typed does not stand on the screen', async () => {
  const { input, output, screen } = terminal();
  const asking = askHidden(input, output);
  const given = asking.ask('Passphrase: ');
  input.write('correct horse battery\r');
  expect(await given).toBe('correct horse battery');
  const again = asking.ask('Once more: ');
  input.write('correct hors\u007fse battery\r');
  expect(await again).toBe('correct horse battery');
  asking.close();
  expect(screen()).toBe('Passphrase: \nOnce more: \n');
});

it('an end of the line in place of one is a refusal', async () => {
  const { input, output } = terminal();
  const asking = askHidden(input, output);
  const given = asking.ask('Passphrase: ');
  input.end();
  await expect(given).rejects.toThrow('nothing was typed');
});
