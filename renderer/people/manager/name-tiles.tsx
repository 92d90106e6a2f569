import { useId } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { initialsOf } from '../../kit/initials.ts';
import radioChoice from '../../kit/radio-choice.module.css';
import styles from './name-tiles.module.css';

const c = classNames(radioChoice, styles);

/** A name that a PIN may be given for. */
export interface Named {
  readonly id: string;
  readonly name: string;
  /** What they are here. */
  readonly said?: string;
}

interface TileProps {
  readonly group: string;
  readonly named: Named;
  readonly isOn: boolean;
  readonly onChoose: (id: string) => void;
}

function Tile({ group, named, isOn, onChoose }: TileProps) {
  const saidId = useId();
  const { id, name, said } = named;
  return (
    <label className={c('tile')}>
      <input
        type="radio"
        name={group}
        className={c('radio')}
        checked={isOn}
        aria-describedby={said === undefined ? undefined : saidId}
        onChange={() => onChoose(id)}
      />
      <span className={c('initials')} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <bdi className={c('name')}>{name}</bdi>
      {said !== undefined && (
        <span id={saidId} className={c('said')} aria-hidden="true">
          {said}
        </span>
      )}
    </label>
  );
}

interface Props {
  readonly label: string;
  /** Only those who may. */
  readonly names: readonly Named[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Whose PIN it is: each name as large as a finger. */
export function NameTiles({ label, names, chosen, onChoose }: Props) {
  const group = useId();
  return (
    <fieldset className={c('choice')}>
      <legend className={c('label')}>{label}</legend>
      <div className={c('tiles')}>
        {names.map((named) => (
          <Tile key={named.id} group={group} named={named} isOn={named.id === chosen} onChoose={onChoose} />
        ))}
      </div>
    </fieldset>
  );
}
