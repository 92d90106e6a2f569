import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { People, Person } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { initialsOf } from '../../kit/initials.ts';
import { Part } from '../../kit/part.tsx';
import { Press } from '../../kit/press.tsx';
import unseen from '../../kit/unseen.module.css';
import { Fixed, FixedNote, useSetter } from '../../shared/fixed.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { SavedNote, SaveFailure } from '../../shared/saved-note.tsx';
import { useTopic } from '../../shared/topics.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import styles from './people.module.css';
import { PermissionsPart } from './permissions-part.tsx';
import { usePermissions } from './use-permissions.ts';

const c = classNames(unseen, styles);

type Open = (act: PeopleAct) => void;

interface TileProps {
  readonly person: Person;
  readonly isHere: boolean;
  /** Set above this till, but for the PIN. */
  readonly isFixed: boolean;
  readonly open: Open;
}

function PersonTile({ person, isHere, isFixed, open }: TileProps) {
  const { t } = useTranslation();
  const { name, role, needsPin } = person;
  const said = [
    t(`people.roles.${role}`),
    ...(isHere ? [t('people.hereNow')] : []),
    ...(needsPin ? [t('people.needsPin')] : []),
  ];
  return (
    <li>
      <Press className={c('tile')} onPress={() => open({ kind: isFixed ? 'give-pin' : 'change', person })}>
        <span className={c('unseen')}>{t(isFixed ? 'people.givePin' : 'people.change')} </span>
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

interface HereProps {
  readonly people: People;
  readonly open: Open;
  /** A dialog saved just now. */
  readonly isSaved: boolean;
  readonly onEnd: () => void;
}

function PeopleHere({ people, open, isSaved, onEnd }: HereProps) {
  const { t } = useTranslation();
  const by = useSetter('people');
  const form = usePermissions(people);
  const forget = () => {
    form.forget();
    onEnd();
  };
  const openOne: Open = (act) => {
    forget();
    open(act);
  };
  const actions = <SavedNote isSaved={isSaved || form.isSaved} onEnd={forget} />;
  return (
    <ScreenFrame title={t('people.title')} lead={t('people.lead')} actions={actions}>
      <SaveFailure failure={form.failure} />
      <Part title={t('people.list')}>
        <ul className={c('tiles')}>
          {people.list.map((person) => (
            <PersonTile
              key={person.id}
              person={person}
              isHere={person.id === people.signedIn}
              isFixed={by !== 'manager'}
              open={openOne}
            />
          ))}
          {by === 'manager' && (
            <li>
              <Press className={c('tile', 'add')} onPress={() => openOne({ kind: 'add' })}>
                <Icon name="plus" />
                {t('people.add')}
              </Press>
            </li>
          )}
        </ul>
        {by !== 'manager' && <FixedNote by={by} />}
      </Part>
      <Fixed name="permissions">
        <PermissionsPart form={form} />
      </Fixed>
    </ScreenFrame>
  );
}

/** Who works at this till, and what its cashiers may. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const people = useTopic('people');
  const by = useSetter('people');
  const [isSaved, setSaved] = useState(false);
  const open: Open = (act) => {
    setSaved(false);
    openGuarded({ kind: 'people', act, onDone: () => setSaved(true) });
  };
  if (people !== null)
    return <PeopleHere people={people} open={open} isSaved={isSaved} onEnd={() => setSaved(false)} />;
  return (
    <ScreenFrame title={t('people.title')} lead={t('people.lead')}>
      <Part title={t('people.list')} hint={t('people.none')}>
        {by === 'manager' ? (
          <Button look="primary" onPress={() => open({ kind: 'add' })}>
            {t('people.addFirst')}
          </Button>
        ) : (
          <FixedNote by={by} />
        )}
      </Part>
    </ScreenFrame>
  );
}
