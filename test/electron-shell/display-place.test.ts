import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  customersMonitor,
  type Monitor,
  readMonitor,
  writeMonitor,
} from '../../main/app/electron/display-place.ts';

const tills: Monitor = { id: 1, label: 'DELL', bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
const customers: Monitor = { id: 2, label: 'POS-10', bounds: { x: 1920, y: 0, width: 1024, height: 600 } };
const backRoom: Monitor = { id: 3, label: 'TV', bounds: { x: -1280, y: 0, width: 1280, height: 720 } };
const till = { x: 100, y: 100, width: 1280, height: 820 };
const desk = { monitors: [tills, customers, backRoom], primaryId: 1, till, remembered: null };

describe('which monitor is the customer’s', () => {
  it('is another one than the till’s, and the primary one last', () => {
    expect(customersMonitor(desk)).toBe(customers);
    const onSecond = { ...desk, till: { ...till, x: 2_000, y: 0, width: 800, height: 560 } };
    expect(customersMonitor({ ...onSecond, monitors: [tills, customers] })).toBe(tills);
    expect(customersMonitor(onSecond)).toBe(backRoom);
  });

  it('is none where the till has the only one', () => {
    expect(customersMonitor({ ...desk, monitors: [tills] })).toBeNull();
    expect(customersMonitor({ ...desk, monitors: [] })).toBeNull();
  });

  it('is the one that it was, and none other while that is pulled out', () => {
    const remembered = backRoom;
    expect(customersMonitor({ ...desk, remembered })).toBe(backRoom);
    expect(customersMonitor({ ...desk, remembered, monitors: [tills, customers] })).toBeNull();
  });

  it('is known again under another number, by its name and size, or where it stands', () => {
    const moved = { ...customers, id: 7, bounds: { ...customers.bounds, x: -1024 } };
    expect(customersMonitor({ ...desk, remembered: customers, monitors: [tills, backRoom, moved] })).toBe(
      moved,
    );
    const nameless = { ...customers, label: '' };
    const again = { ...nameless, id: 9 };
    expect(customersMonitor({ ...desk, remembered: nameless, monitors: [tills, backRoom, again] })).toBe(
      again,
    );
    const elsewhere = { ...again, bounds: { ...again.bounds, y: 40 } };
    expect(customersMonitor({ ...desk, remembered: nameless, monitors: [tills, elsewhere] })).toBeNull();
  });

  it('is none while the till stands on it, or on no monitor at all', () => {
    const remembered = customers;
    expect(customersMonitor({ ...desk, remembered, till: { ...till, x: 1_900, width: 900 } })).toBeNull();
    expect(customersMonitor({ ...desk, remembered, till: { ...till, x: 9_000 } })).toBeNull();
  });

  it('is never the till’s, whatever monitors there are', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -4_000, max: 4_000 }),
      y: fc.integer({ min: -4_000, max: 4_000 }),
      width: fc.integer({ min: 1, max: 4_000 }),
      height: fc.integer({ min: 1, max: 4_000 }),
    });
    const monitor = fc.record({
      id: fc.integer({ min: 1, max: 5 }),
      label: fc.constantFrom('', 'A', 'B'),
      bounds: rectangle,
    });
    const covered = (a: typeof till, b: typeof till) =>
      Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
      Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
    fc.assert(
      fc.property(
        fc.uniqueArray(monitor, { selector: ({ id }) => id, maxLength: 5 }),
        rectangle,
        fc.option(monitor, { nil: null }),
        (monitors, window, remembered) => {
          const chosen = customersMonitor({ monitors, primaryId: 1, till: window, remembered });
          if (chosen === null) return;
          expect(monitors).toContain(chosen);
          const most = Math.max(...monitors.map(({ bounds }) => covered(window, bounds)));
          const first = monitors.find(({ bounds }) => covered(window, bounds) === most);
          expect(chosen).not.toBe(first);
        },
      ),
    );
  });
});

it('keeps a monitor as text, and takes nothing else for one', () => {
  expect(readMonitor(writeMonitor(customers))).toEqual(customers);
  for (const text of ['', '\n', '{}', 'null', '{"id":"2"}', '[1]']) expect(readMonitor(text)).toBeNull();
});
