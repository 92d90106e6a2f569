import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { initialsOf } from '../../kit/initials.ts';
import { Part } from '../../kit/part.tsx';
import { Press } from '../../kit/press.tsx';
import unseen from '../../kit/unseen.module.css';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { SavedNote } from '../../shared/save-actions.tsx';
import { useTopic } from '../../shared/topics.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import styles from './people.module.css';
import { PermissionsPart } from './permissions-part.tsx';

const c = classNames(unseen, styles);

type Open = (act: PeopleAct) => void;

interface TileProps {
  readonly person: Person;
  readonly isHere: boolean;
  readonly open: Open;
}

function PersonTile({ person, isHere, open }: TileProps) {
  const { t } = useTranslation();
  const { name, role, needsPin } = person;
  const said = [
    t(`people.roles.${role}`),
    ...(isHere ? [t('people.hereNow')] : []),
    ...(needsPin ? [t('people.needsPin')] : []),
  ];
  return (
    <li>
      <Press className={c('tile')} onPress={() => open({ kind: 'change', person })}>
        <span className={c('unseen')}>{t('people.change')} </span>
        <span className={c('initials')} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <span className={c('words')}>
          <bdi className={c('name')}>{name}</bdi>
          <span className={c('said')}>{said.join(t('app.separator'))}</span>
        </span>
      </Press>
    </li>
  );
}

/** Who works at this till, and what its cashiers may. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const people = useTopic('people');
  const [isSaved, setSaved] = useState(false);
  const open: Open = (act) => {
    setSaved(false);
    openGuarded({ kind: 'people', act, onDone: () => setSaved(true) });
  };
  return (
    <ScreenFrame
      title={t('people.title')}
      lead={t('people.lead')}
      actions={<SavedNote isSaved={isSaved} onEnd={() => setSaved(false)} />}
    >
      {people === null ? (
        <Part title={t('people.list')} hint={t('people.none')}>
          <Button look="primary" onPress={() => open({ kind: 'add' })}>
            {t('people.addFirst')}
          </Button>
        </Part>
      ) : (
        <Part title={t('people.list')}>
          <ul className={c('tiles')}>
            {people.list.map((person) => (
              <PersonTile
                key={person.id}
                person={person}
                isHere={person.id === people.signedIn}
                open={open}
              />
            ))}
            <li>
              <Press className={c('tile', 'add')} onPress={() => open({ kind: 'add' })}>
                <Icon name="plus" />
                {t('people.add')}
              </Press>
            </li>
          </ul>
        </Part>
      )}
      {people !== null && <PermissionsPart key={people.version} people={people} open={open} />}
    </ScreenFrame>
  );
}
