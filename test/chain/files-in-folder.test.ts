import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import {
  codeOf,
  HANGING,
  openJoined,
  openTillAt,
  owner,
  policyAt,
  sharedFolder,
  shownChain as shown,
} from '../kit/chain-till.ts';
import { LIVE_PIN as pin } from '../kit/live-program.ts';
import { itOnPosix } from '../kit/posix.ts';
import { topUp } from '../kit/program.ts';
import { testOwner } from '../kit/shop.ts';

describe('whatever else lies in the folder', () => {
  it('is refused with a code, changes nothing, and the till sells on', async () => {
    const till = await openJoined({ version: 2, policy: { keypad: true } });
    const good = owner.sign({ version: 3, policy: { keypad: false } });
    const worlds: readonly (readonly [string, string])[] = [
      ['', 'not-whole'],
      [good.slice(0, 100), 'not-whole'],
      [`\ufeff${good}`, 'not-whole'],
      [good.replace('false', 'true '), 'altered'],
      ['{"format":"counterfoil shop 2"}', 'newer'],
      [testOwner().sign({ version: 9, policy: { keypad: false } }), 'other-key'],
      [owner.sign({ version: 1, policy: { keypad: false } }), 'older'],
    ];
    for (const [text, reason] of worlds) {
      till.put(text);
      expect(await till.look()).toBe(`shop-refused ${reason}`);
      expect(shown(till)).toMatchObject({
        taken: { version: 2 },
        next: null,
        problem: { details: { reason } },
      });
    }
    truncateSync(join(till.shared, 'shop.json'), 50_000_000);
    expect(await till.look()).toBe('shop-refused too-large');
    expect((await policyAt(till)).keypad).toBe(true);
    await till.must('members:find', { query: meiLing.number });
    await till.must('topUps:create', topUp(meiLing));
    till.put(good);
    expect(await till.look()).toBe('ok');
    expect(shown(till)).toMatchObject({ taken: { version: 3 }, problem: null });
  });

  itOnPosix('is never followed nor waited for', async () => {
    const till = await openJoined({ version: 2 });
    const file = join(till.shared, 'shop.json');
    const good = owner.sign({ version: 3 });
    rmSync(file);
    writeFileSync(`${file}.real`, good);
    symlinkSync(`${file}.real`, file);
    expect(await till.look()).toBe('shop-refused link');
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(await till.look()).toBe('shop-refused unreadable');
    rmSync(file);
    mkdirSync(file);
    expect(await till.look()).toBe('shop-refused unreadable');
    renameSync(till.shared, `${till.shared}.moved`);
    symlinkSync(`${till.shared}.moved`, till.shared);
    expect(await till.look()).toBe('shop-refused link');
    expect(shown(till)?.taken?.version).toBe(2);
  });

  it('is not waited for where it does not answer', async () => {
    const till = await openJoined({ version: 2 });
    const settings = till.till.session()?.kernel.settings;
    settings?.set('chain.folder', HANGING);
    expect(await till.look()).toBe('chain-folder-hangs');
    expect(shown(till)).toMatchObject({ taken: { version: 2 }, problem: { code: 'chain-folder-hangs' } });
    settings?.set('chain.folder', till.shared);
    expect(await till.give({ version: 3 })).toBe('ok');
  });

  it('is told once', async () => {
    const till = await openJoined();
    till.put('half');
    await till.look();
    const problem = shown(till)?.problem;
    const pushes = till.pushed.filter(({ chain }) => chain?.problem?.code === 'shop-refused').length;
    await till.look();
    await till.look();
    expect(shown(till)?.problem).toEqual(problem);
    expect(pushes).toBeLessThanOrEqual(1);
    expect(readFileSync(join(till.shared, 'shop.json'), 'utf8')).toBe('half');
  });

  it('has no chain made over it where it cannot be looked at', async () => {
    const alone = await openTillAt(sharedFolder());
    symlinkSync('elsewhere', join(alone.shared, 'shop.json'));
    expect(codeOf(await alone.call('chain:make', { name: 'Two', pin }))).toBe('shop-refused link');
  });
});
