import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames } from '../../../preload/contract/app/values.ts';
import type { Person } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { Part } from '../../kit/part.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { SavedNote } from '../../shared/save-actions.tsx';
import { useTopic } from '../../shared/topics.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import styles from './people.module.css';
import { PermissionsPart } from './permissions-part.tsx';

const c = classNames(styles);

type Open = (act: PeopleAct) => void;

function PersonRow({ person, open }: { readonly person: Person; readonly open: Open }) {
  const { t } = useTranslation();
  const name = isolated(person.name);
  const language = person.language === null ? t('people.asTill') : languageNames[person.language];
  return (
    <li className={c('row')}>
      <span className={c('who')}>
        <bdi>{person.name}</bdi>
        <span className={c('more')}>
          {t('people.is', { role: t(`people.roles.${person.role}`), language })}
          {person.needsPin && `${t('app.separator')}${t('people.needsPin')}`}
        </span>
      </span>
      <Button aria-label={t('people.changeOf', { name })} onPress={() => open({ kind: 'change', person })}>
        {t('people.change')}
      </Button>
      <Button aria-label={t('people.givePinOf', { name })} onPress={() => open({ kind: 'give-pin', person })}>
        {t('people.givePin')}
      </Button>
      <Button
        look="danger"
        aria-label={t('people.removeOf', { name })}
        onPress={() => open({ kind: 'remove', person })}
      >
        {t('people.remove')}
      </Button>
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
      <Part title={t('people.list')} {...(people === null ? { hint: t('people.none') } : {})}>
        {people !== null && (
          <ul className={c('list')}>
            {people.list.map((person) => (
              <PersonRow key={person.id} person={person} open={open} />
            ))}
          </ul>
        )}
        <Button look={people === null ? 'primary' : 'plain'} onPress={() => open({ kind: 'add' })}>
          {t(people === null ? 'people.addFirst' : 'people.add')}
        </Button>
      </Part>
      {people !== null && <PermissionsPart key={people.version} people={people} open={open} />}
    </ScreenFrame>
  );
}
