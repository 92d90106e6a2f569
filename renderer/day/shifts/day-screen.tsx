import { useTopic } from '../../shared/topics.ts';
import type { DayPart } from '../../shared/view-store.ts';
import { ClosedScreen } from './closed-screen.tsx';
import { CountScreen } from './count-screen.tsx';
import { OpenScreen } from './open-screen.tsx';
import { OutcomeScreen } from './outcome-screen.tsx';
import { ReportScreen } from './report-screen.tsx';
import { ShiftScreen } from './shift-screen.tsx';

const stages = { open: ShiftScreen, counting: CountScreen, counted: OutcomeScreen } as const;

function NowScreen() {
  const stage = useTopic('shift', ({ open }) => open?.stage ?? null);
  if (stage === null) return <OpenScreen />;
  const Stage = stages[stage];
  return <Stage />;
}

export function DayScreen({ part }: { readonly part: DayPart }) {
  switch (part.kind) {
    case 'shift':
      return <NowScreen />;
    case 'closed':
      return <ClosedScreen />;
    case 'report':
      return <ReportScreen key={part.number} number={part.number} isNew={part.isNew} />;
  }
}
