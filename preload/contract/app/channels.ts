import type { z } from 'zod';
import { chain } from '../chain/chain.ts';
import { topUps } from '../counter/counter.ts';
import { review } from '../counter/review.ts';
import { rules } from '../counter/rules.ts';
import { policy } from '../counter/settings.ts';
import { find } from '../day/find.ts';
import { matching } from '../day/matching.ts';
import { memberData } from '../day/member-data.ts';
import { reports } from '../day/reports.ts';
import { shifts } from '../day/shifts.ts';
import { practice } from '../hosts/practice.ts';
import type { ChannelShape } from '../kernel/channel.ts';
import { entries } from '../ledger/entries.ts';
import { members } from '../members/members.ts';
import { customer } from '../paper/customer.ts';
import { receipts } from '../paper/receipts.ts';
import { slips } from '../paper/slips.ts';
import { manager } from '../people/manager.ts';
import { people } from '../people/people.ts';
import { backups, restore } from '../safety/backups.ts';
import { checkUp } from '../sending/check-up.ts';
import { sync } from '../sending/sync.ts';
import { updates } from '../updates/updates.ts';
import { app } from './app.ts';
import { setup } from './set-up.ts';
import { station } from './station.ts';
import { support } from './support.ts';

/** All channels by area; names here and on `window.till` derive from it. */
const areas = {
  app,
  setup,
  members,
  topUps,
  entries,
  sync,
  review,
  slips,
  policy,
  checkUp,
  manager,
  practice,
  support,
  station,
  backups,
  restore,
  receipts,
  updates,
  customer,
  rules,
  people,
  shifts,
  find,
  reports,
  matching,
  memberData,
  chain,
} as const;

type Areas = typeof areas;

type NamesOf<A extends keyof Areas> = A extends string ? `${A}:${keyof Areas[A] & string}` : never;

/** `area:verb`, e.g. `topUps:create`. */
export type ChannelName = NamesOf<keyof Areas>;

type Shape<N> = N extends `${infer A extends keyof Areas}:${infer V}` ? Areas[A][V & keyof Areas[A]] : never;

export type Channels = { readonly [N in ChannelName]: Shape<N> & ChannelShape };

/** Channels that need a manager, or a permitted cashier. */
export type ManagersChannel = {
  [N in ChannelName]: Channels[N]['may'] extends 'anyone' | 'signed-in' ? never : N;
}[ChannelName];

/** The source of all types in main, preload and renderer. */
export const channels = Object.fromEntries(
  Object.entries(areas).flatMap(([area, verbs]) =>
    Object.entries(verbs).map(([verb, shape]) => [`${area}:${verb}`, shape]),
  ),
) as Channels;

export const channelNames = Object.keys(channels) as ChannelName[];

export const isManagers = (name: ChannelName): name is ManagersChannel =>
  !['anyone', 'signed-in'].includes(channels[name].may);

export type ChannelArgs<N extends ChannelName> = z.input<Channels[N]['args']>;
export type ChannelReply<N extends ChannelName> = z.output<Channels[N]['reply']>;

/** Larger messages are refused unread. */
export const MAX_ARGUMENT_BYTES = 16_384;
export const MAX_REPLY_BYTES = 2_000_000;
