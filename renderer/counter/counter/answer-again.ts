import { topUp } from './form.ts';

/** Answers `asked-twice` with no: the form stays as it is. */
export function answerNotAgain(): void {
  topUp.dismissAgain();
  topUp.focusMember();
}
