import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../../renderer/app/help/pages.ts';

const nothingElse = { dialog: null, isLocked: false, isBroken: false } as const;
const till = { screen: { kind: 'till' }, ...nothingElse } as const;

describe('the page of what is on the screen', () => {
  it('is the screen’s, or of the dialog over it', () => {
    expect(pageOf(till)).toBe('1-first-top-up');
    expect(pageOf({ ...till, screen: { kind: 'rules' } })).toBe('12-rules');
    expect(pageOf({ ...till, screen: { kind: 'day', part: { kind: 'shift' } } })).toBe(
      '9-the-drawer-and-the-day',
    );
    expect(pageOf({ ...till, screen: { kind: 'day', part: { kind: 'closed' } } })).toBe('17-close-the-day');
    expect(pageOf({ ...till, dialog: 'reverse' })).toBe('8-correct-a-mistake');
    expect(pageOf({ ...till, screen: { kind: 'settings' }, dialog: 'about' })).toBe('15-settings');
  });

  it('is of who is there while the till is locked, whatever lies below', () => {
    expect(pageOf({ ...till, screen: { kind: 'people' }, dialog: 'menu', isLocked: true })).toBe(
      '3-who-is-there-and-how-it-is-paid',
    );
  });

  it('is of the dialog over the review too', () => {
    const review = { ...till, screen: { kind: 'review', entryId: null } } as const;
    expect(pageOf(review)).toBe('11-needs-review');
    expect(pageOf({ ...review, dialog: 'answer' })).toBe('11-needs-review');
  });

  it('is none from the menu, and of backups where no till opens', () => {
    expect(pageOf({ ...till, dialog: 'menu' })).toBeNull();
    expect(pageOf({ ...till, isBroken: true })).toBe('19-backups-and-moving');
  });
});
