import type { ChannelName } from './channels.ts';

/**
 * The names alone, without a schema: the preload is built from these and so carries no zod. A test
 * holds them equal to the keys of `channels`, a type holds them to real names.
 */
export const channelNames = [
  'app:snapshot',
  'app:close',
  'setup:test',
  'setup:connect',
  'setup:replaceKey',
  'setup:setPlace',
  'setup:openPractice',
  'setup:leavePractice',
  'members:find',
  'members:answer',
  'members:card',
  'topUps:create',
  'entries:cancel',
  'entries:acknowledge',
  'entries:reverse',
  'entries:search',
  'sync:sendNow',
  'sync:resume',
  'sync:networkChanged',
  'review:list',
  'review:answer',
  'review:correct',
  'review:dismiss',
  'review:print',
  'policy:get',
  'policy:save',
  'policy:continueOffline',
  'checkUp:get',
  'checkUp:start',
  'checkUp:stop',
  'manager:makePin',
  'manager:recover',
  'practice:setPlug',
  'practice:loseNextReply',
] as const satisfies readonly ChannelName[];

/** The one entrance to the main process, and the one way out of it; never seen by a page. */
export const CALL_CHANNEL = 'till:call';
export const SNAPSHOT_CHANNEL = 'till:snapshot';

/** What travels through `CALL_CHANNEL`. */
export interface CallMessage {
  readonly channel: ChannelName;
  readonly args: unknown;
}
