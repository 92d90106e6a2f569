import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { useKeys } from '../../kit/touch.ts';

interface Props {
  readonly reasons: readonly string[];
  readonly onPick: (reason: string) => void;
}

/** For a finger, which has no letters: what is said most. */
export function QuickReasons({ reasons, onPick }: Props) {
  const hasKeys = useKeys();
  if (!hasKeys) return null;
  return (
    <Answers>
      {reasons.map((reason) => (
        <Button key={reason} onPress={() => onPick(reason)}>
          {reason}
        </Button>
      ))}
    </Answers>
  );
}
