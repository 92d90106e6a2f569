import { isLegalStep } from '../../main/ledger/fold.ts';
import { settle } from '../../main/ledger/settle.ts';
import { nextStep } from '../../main/sending/investigation.ts';
import { plan } from '../../main/sending/plan.ts';

/** What the till decides by: main's own functions, and for a control one of them spoilt. */
export interface Rules {
  readonly settle: typeof settle;
  readonly nextStep: typeof nextStep;
  readonly plan: typeof plan;
  /** Nothing of an entry is in the air any more when its quiescence is said to be over. */
  readonly quiescenceOutlastsDelays: boolean;
  /** What a restart makes of an entry that it finds in `sending`. */
  readonly interrupted: 'unknown' | 'queued';
}

export const mainRules: Rules = {
  settle,
  nextStep,
  plan,
  quiescenceOutlastsDelays: true,
  interrupted: 'unknown',
};

/** Whether the journal would vouch for an entry that has taken this step: main's own table of steps. */
export const isVouchedStep = isLegalStep;
