import { describe, expect, it } from 'vitest';
import { createTopicStores, type TopicName } from '../../../renderer/shared/topic-stores.ts';
import { entryOf, snapshotOf } from '../support/samples.ts';

const none = { put: [], gone: [] };

function heard(stores: ReturnType<typeof createTopicStores>) {
  const names: TopicName[] = [];
  for (const name of Object.keys(stores.stores) as TopicName[]) {
    stores.stores[name].subscribe(() => void names.push(name));
  }
  return names;
}

describe('the stores of the topics', () => {
  it('know nothing before the first snapshot', () => {
    const stores = createTopicStores();
    expect(stores.now('till')).toBeUndefined();
    stores.take(snapshotOf({ refusals: 2 }));
    expect(stores.now('till')).toBeNull();
    expect(stores.now('refusals')).toBe(2);
  });

  it('wake only who shows what has changed', () => {
    const stores = createTopicStores();
    stores.take(snapshotOf());
    const names = heard(stores);
    stores.apply({ number: 2, topics: { refusals: 1, disk: 'enough' }, rows: none });
    stores.take(snapshotOf({ refusals: 1, activity: [] }));
    expect(names).toEqual(['refusals']);
  });

  it('tell of a push once, when every topic is as it says', () => {
    const stores = createTopicStores();
    const seen: unknown[] = [];
    stores.onSettled(() => seen.push([stores.now('refusals'), stores.now('disk')]));
    stores.take(snapshotOf());
    stores.apply({ number: 2, topics: { disk: 'low', refusals: 3 }, rows: none });
    expect(seen).toEqual([
      [0, 'enough'],
      [3, 'low'],
    ]);
  });

  it('rows that did not change stay the same objects, by a push and by a snapshot', () => {
    const stores = createTopicStores();
    const [one, two] = [entryOf({ reference: '0002' }), entryOf({ id: 'e2', reference: '0001' })];
    stores.take(snapshotOf({ activity: [one, two] }));
    const before = stores.now('activity');
    stores.apply({ number: 2, topics: {}, rows: { put: [{ ...one, state: 'confirmed' }], gone: [] } });
    expect(stores.now('activity')?.[0]).toMatchObject({ state: 'confirmed' });
    expect(stores.now('activity')?.[1]).toBe(before?.[1]);
    const pushed = stores.now('activity');
    stores.take(snapshotOf({ activity: [{ ...one, state: 'confirmed' }, { ...two }] }));
    expect(stores.now('activity')).toBe(pushed);
  });

  it('rows come and go in the order of entering, whatever number has one digit more', () => {
    const stores = createTopicStores();
    const rowOf = (reference: string) => entryOf({ id: reference, reference });
    stores.take(snapshotOf({ activity: [rowOf('9999'), rowOf('9998')] }));
    stores.apply({
      number: 2,
      topics: {},
      rows: { put: [rowOf('10000'), rowOf('9997')], gone: ['9998', 'unknown'] },
    });
    expect(stores.now('activity')?.map(({ reference }) => reference)).toEqual(['10000', '9999', '9997']);
  });
});
