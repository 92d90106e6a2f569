import { Fragment } from 'react';
import { classNames } from './class-names.ts';
import styles from './facts.module.css';

const c = classNames(styles);

export type Fact = readonly [term: string, value: string];

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={c('facts')}>
      {facts.map(([term, value]) => (
        <Fragment key={`${term}: ${value}`}>
          <dt className={c('term')}>{term}</dt>
          <dd className={c('value')}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
