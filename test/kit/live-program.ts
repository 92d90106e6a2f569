import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from './practice-store.ts';
import { openProgram, type Program } from './program.ts';

/** The PIN that is made with the till. */
export const LIVE_PIN = '864209';

export interface LiveProgram extends Program {
  /** The host of its account. */
  readonly store: PracticeStore;
  /** As it was shown once, when the PIN was made. */
  readonly recoveryCode: string;
}

/** The whole program with a live till that was set up in it just now. */
export async function openLiveProgram(options: Parameters<typeof openProgram>[0] = {}): Promise<LiveProgram> {
  const store = await startPracticeStore();
  const program = openProgram(options);
  await program.till.start();
  const { recoveryCode } = await program.must('setup:connect', {
    ...{ host: store.baseUrl, appId: store.appId, appKey: store.appKey, tillName: 'Counter 1' },
    ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en', managerPin: LIVE_PIN },
  });
  return { ...program, store, recoveryCode };
}
