import { z } from 'zod';
import { chainTopics } from '../chain/chain.ts';
import { ruleTopics } from '../counter/rules.ts';
import { findTopics } from '../day/find.ts';
import { matchingTopics } from '../day/matching.ts';
import { shiftTopics } from '../day/shifts.ts';
import { practiceTopics } from '../hosts/practice.ts';
import { tillStatusTopics } from '../hosts/till-status.ts';
import { count } from '../kernel/scalars.ts';
import { entrySchema, entryTopics } from '../ledger/entries.ts';
import { memberTopics } from '../members/members.ts';
import { receiptTopics } from '../paper/receipts.ts';
import { managerTopics } from '../people/manager.ts';
import { peopleTopics } from '../people/people.ts';
import { backupTopics } from '../safety/backups.ts';
import { checkUpTopics } from '../sending/check-up.ts';
import { syncTopics } from '../sending/sync.ts';
import { updateTopics } from '../updates/updates.ts';
import { setupTopics } from './set-up.ts';
import { stationTopics } from './station.ts';

/** All state that screens show; each topic is pushed when it changes. */
export const topicsSchema = z.object({
  ...tillStatusTopics,
  ...setupTopics,
  ...syncTopics,
  ...entryTopics,
  ...memberTopics,
  ...practiceTopics,
  ...managerTopics,
  ...checkUpTopics,
  ...backupTopics,
  ...updateTopics,
  ...stationTopics,
  ...ruleTopics,
  ...peopleTopics,
  ...receiptTopics,
  ...shiftTopics,
  ...findTopics,
  ...matchingTopics,
  ...chainTopics,
});
export type Topics = z.infer<typeof topicsSchema>;

const MOST_ROWS = 500;

/** All topics and the list of entries. */
export const snapshotSchema = topicsSchema.extend({
  /** The newest push included. */
  revision: count,
  /** Newest first: open, refused and unacknowledged, and today's. */
  activity: z.array(entrySchema).max(MOST_ROWS),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Changes since the previous push; a gap in `number` means a lost push. */
export const changesSchema = z.object({
  number: count,
  /** Only changed topics. */
  topics: topicsSchema.exactPartial(),
  /** Rows of the list that are new or changed, and ids that left it. */
  rows: z.object({
    put: z.array(entrySchema).max(MOST_ROWS),
    gone: z.array(entrySchema.shape.id).max(MOST_ROWS),
  }),
});
export type Changes = z.infer<typeof changesSchema>;

export const pushes = { changes: changesSchema } as const;
