/** What a child is told to do, as JSON in its one argument. */
export interface Orders {
  readonly folder: string;
  readonly appKey: string;
  /** `loop`: top-ups until told enough; `shifts`: one after the other; `heal`: only settles what is open; `serve`: does as standard input says. */
  readonly mode: 'loop' | 'shifts' | 'heal' | 'serve';
  /** How many of the store's members are topped up. */
  readonly members: number;
  readonly topUps: number;
  /** The longest wait between two top-ups. */
  readonly pauseMs: number;
  readonly speed: number;
  readonly shiftMs: number;
  /** A file that gets a line per acknowledged request, for the recorder. */
  readonly acks?: string;
  readonly synchronous?: 'NORMAL';
}
