import { describe, expect, it } from 'vitest';
import { type Looker, placeOf, placesFor } from '../../../../renderer/app/desk/places.ts';

const placesOf = (looker: Looker | null) => placesFor(looker).flatMap(({ places }) => places);

const all = ['day', 'review', 'owner', 'rules', 'people', 'receipts', 'settings', 'kybio', 'safety'];

/** A cashier's menu and list: no more than can be taken in at a look. */
const MOST = 5;

describe('the places of the desk', () => {
  it('are all in sight of a manager, and of anybody where nobody is set up', () => {
    expect(placesOf({ role: 'manager', settings: 'deny' })).toEqual(all);
    expect(placesOf(null)).toEqual(all);
  });

  it.each(['allow', 'approve', 'deny'] as const)('are few for a cashier, settings: %s', (settings) => {
    const places = placesOf({ role: 'cashier', settings });
    expect(places.length).toBeLessThanOrEqual(MOST);
    expect(places.includes('settings')).toBe(settings !== 'deny');
    expect(places).toContain('day');
    expect(places.at(-1)).toBe('lock');
  });

  it('keep the pages of the day together, and the check-up with KYBIO', () => {
    expect(placeOf({ kind: 'find', member: null })).toBe('day');
    expect(placeOf({ kind: 'matching' })).toBe('day');
    expect(placeOf({ kind: 'check-up' })).toBe('kybio');
    expect(placeOf({ kind: 'rules' })).toBe('rules');
    expect(placeOf({ kind: 'till' })).toBeNull();
  });
});
