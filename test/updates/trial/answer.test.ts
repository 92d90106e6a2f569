import { describe, expect, it } from 'vitest';
import { answerOf, type Ended, evaluateAnswer } from '../../../main/updates/trial/answer.ts';

const line = (change: object = {}): string =>
  `${JSON.stringify({ ok: true, version: '1.1.0', problems: [], ...change })}\n`;

const judged = (change: Partial<Ended>) =>
  evaluateAnswer({ exitCode: 0, isLate: false, stdout: line(), ...change }, '1.1.0');

describe('a program that looks for problems of its own', () => {
  it('is ready where it finds none', async () => {
    expect(await answerOf('1.1.0', async () => [])).toEqual({ ok: true, version: '1.1.0', problems: [] });
  });

  it('is not where it finds some, and names no more of them than tell of the others', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `entry ${at}`);
    expect(await answerOf('1.1.0', async () => many)).toMatchObject({
      ok: false,
      problems: many.slice(0, 20),
    });
  });

  it.each<[string, Error, string]>([
    ['a full disk', Object.assign(new Error(''), { code: 'SQLITE_FULL' }), 'database: disk-full'],
    ['whatever nobody has foreseen', new Error('broken'), 'it broke off: Error: broken'],
  ])('says what has broken it off: %s', async (_, thrown, problem) => {
    const answer = await answerOf('1.1.0', () => Promise.reject(thrown));
    expect(answer).toEqual({ ok: false, version: '1.1.0', problems: [problem] });
  });
});

describe('a program that was rehearsed', () => {
  it('may take the place where it ended in time, with 0, and is ready', () => {
    expect(judged({})).toMatchObject({ ok: true });
    expect(judged({ stdout: `libGL: a warning\n${line({ more: 'of a later version' })}` })).toMatchObject({
      ok: true,
    });
  });

  it.each<[string, Partial<Ended>, string]>([
    ['was ended', { isLate: true }, 'late'],
    ['was ended after it had said yes', { isLate: true, exitCode: 0 }, 'late'],
    ['says nothing', { stdout: '' }, 'no-answer'],
    ['crashes', { stdout: '', exitCode: null }, 'no-answer'],
    ['prints rubbish', { stdout: 'ok ok ok' }, 'no-answer'],
    ['prints a half', { stdout: line().slice(0, 20) }, 'no-answer'],
    ['prints something of another shape', { stdout: '{"ok":"yes"}' }, 'no-answer'],
    ['says more after its answer', { stdout: `${line()}done` }, 'no-answer'],
    ['says no', { stdout: line({ ok: false }), exitCode: 1 }, 'problems'],
    ['says yes, with problems', { stdout: line({ problems: ['journal: broken at row 3'] }) }, 'problems'],
    ['says yes and ends with 1', { exitCode: 1 }, 'exit'],
    ['says yes and is killed', { exitCode: null }, 'exit'],
    ['is another version', { stdout: line({ version: '1.0.0' }) }, 'version'],
  ])('that %s may not', (_, ended, reason) => {
    expect(judged(ended)).toMatchObject({
      error: { code: 'update-rehearsal-failed', details: { version: '1.1.0', reason } },
    });
  });

  it('that found the disk full is not to blame', () => {
    const stdout = line({ ok: false, problems: ['database: disk-full'] });
    expect(judged({ stdout, exitCode: 1 })).toMatchObject({ error: { code: 'update-disk-full' } });
    const paused = line({ ok: false, problems: ['practice top-up: it is sending (disk: )'] });
    expect(judged({ stdout: paused, exitCode: 1 })).toMatchObject({
      error: { code: 'update-not-rehearsed' },
    });
  });
});
