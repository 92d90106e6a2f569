import { it } from 'vitest';
import { endsWithAllTakenBack, leavesNothing } from './cut-short.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, before) => before + 1);
const either = ['before', 'after'] as const;

const sends = upTo(15).flatMap((place) => either.map((when) => [place, when] as const));

it.each(sends)(
  'an answer that does not come at send %i, dropped %s it was applied, ends it with all taken back',
  endsWithAllTakenBack,
);

// The first two are answered before the manager hears that it runs.
const deaths = upTo(36)
  .slice(2)
  .flatMap((call) => either.map((when) => [when, call] as const));

it.each(deaths)(
  'a process that dies right %s call %i is known of at the next start, and leaves nothing',
  leavesNothing,
);
