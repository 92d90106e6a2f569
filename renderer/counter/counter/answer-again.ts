import { topUp } from './form.ts';

/** The question whether the same is meant twice is answered with no: the form stays as it is. */
export function answerNotAgain(): void {
  topUp.dismissAgain();
  topUp.focusMember();
}
