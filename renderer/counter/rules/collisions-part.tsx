import { useTranslation } from 'react-i18next';
import type { ShownCollision } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useAsked } from '../../shared/use-asked.ts';

function CollisionLine({ collision }: { readonly collision: ShownCollision }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const { rule, reference, memberName: name, loggedAt, isSeen } = collision;
  const values = { rule, reference, name, sum: write.money(collision.sum) };
  const words =
    loggedAt === null
      ? t('rules.collisions.byBalance', values)
      : t('rules.collisions.byLog', { ...values, when: loggedAt });
  return isSeen ? <p>{words}</p> : <Note tone="warn">{words}</Note>;
}

/** Bonuses of once a day that a member perhaps had at another till as well, and whether this till can see such at all. */
export function CollisionsPart({ isOnceADay }: { readonly isOnceADay: boolean }) {
  const { t } = useTranslation();
  const unseen = useTopic('rules', ({ collisions }) => collisions);
  const { value: known } = useAsked(() => bridge.rulesGet({}), [unseen]);
  if (known === null || (!isOnceADay && known.collisions.length === 0)) return null;
  const ids = known.collisions.flatMap(({ entryId, isSeen }) => (isSeen ? [] : [entryId]));
  return (
    <Part
      title={t('rules.collisions.title')}
      hint={t(known.readsLog ? 'rules.collisions.looked' : 'rules.collisions.unlooked')}
    >
      {known.collisions.map((one) => (
        <CollisionLine key={one.entryId} collision={one} />
      ))}
      {ids.length > 0 && (
        <Answers>
          <Button onPress={() => void bridge.rulesCollisionsSeen({ ids })}>
            {t('rules.collisions.seen')}
          </Button>
        </Answers>
      )}
    </Part>
  );
}
