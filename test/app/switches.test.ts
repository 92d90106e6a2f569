import { expect, it } from 'vitest';
import { isCommand, readSwitches, switchProblem } from '../../main/app/switches.ts';

it('knows which of them need no window', () => {
  const commands = [
    '--verify',
    '--unsent',
    '--prove',
    '--export=all.csv',
    '--diagnostics=all.txt',
    '--rehearse=copy',
    '--trial=till',
  ];
  expect(commands.map((command) => isCommand(readSwitches([command])))).toEqual(commands.map(() => true));
  expect(isCommand(readSwitches(['--user-data-dir=x', '--provision=y.json', '--kiosk']))).toBe(false);
  // It is heard by the program that has the window.
  expect(isCommand(readSwitches(['--quit']))).toBe(false);
});

it.each([
  ['--unsend', '--unsend is not known. Was --unsent meant?'],
  ['--unsent=all', '--unsent takes no value.'],
  ['--quit=now', '--quit takes no value.'],
  ['--prov', '--prov is not known. Was --prove meant?'],
  ['--verify=all', '--verify takes no value.'],
  ['--dry-run', '--dry-run needs --provision=FILE.'],
  ['--no-window', '--no-window needs --provision=FILE.'],
  ['--export', '--export needs a value: --export=…'],
  ['--rehearse=copy', '--rehearse needs a --user-data-dir of its own.'],
  ['--trial=till', '--trial needs a --user-data-dir of its own.'],
])('does not start with %s', (argument, words) => {
  expect(switchProblem([argument])).toBe(words);
});
