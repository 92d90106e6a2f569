import type { MarkedToken } from 'marked';
import { Fragment, type ReactNode } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { childrenOf, unbroken } from './book.ts';
import styles from './help.module.css';
import { isPageName, type PageName } from './pages.ts';

const c = classNames(styles);

type OnPage = (name: PageName) => void;

interface Props {
  readonly tokens: readonly MarkedToken[];
  readonly onPage: OnPage;
}

/** Null for a link out of the handbook. */
const pageOfLink = (href: string): PageName | null => {
  const name = /^([\w-]+)\.md$/.exec(href)?.[1] ?? '';
  return isPageName(name) ? name : null;
};

/** Tokens never move, so the index is a key. */
const each = (tokens: readonly MarkedToken[], show: (token: MarkedToken) => ReactNode): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a file keep their order.
  tokens.map((token, place) => <Fragment key={place}>{show(token)}</Fragment>);

function inline(token: MarkedToken, onPage: OnPage): ReactNode {
  const children = () => each(childrenOf(token), (child) => inline(child, onPage));
  switch (token.type) {
    case 'strong':
      return <strong>{children()}</strong>;
    case 'em':
      return <em>{children()}</em>;
    case 'codespan':
      return <kbd className={c('key')}>{token.text}</kbd>;
    case 'link': {
      const page = pageOfLink(token.href);
      if (page === null) return children();
      return (
        <Press className={c('link')} onPress={() => onPage(page)}>
          {children()}
        </Press>
      );
    }
    // The screen itself is beside the sheet.
    case 'image':
      return null;
    case 'text':
      return token.tokens === undefined ? unbroken(token.text) : children();
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function block(token: MarkedToken, onPage: OnPage): ReactNode {
  const words = (parts: readonly MarkedToken[]) => each(parts, (part) => inline(part, onPage));
  switch (token.type) {
    case 'heading':
      return <h4 className={c('heading')}>{words(childrenOf(token))}</h4>;
    case 'paragraph': {
      const parts = childrenOf(token);
      return parts.every(({ type }) => type === 'image') ? null : <p>{words(parts)}</p>;
    }
    case 'list': {
      const items = token.items.map((item) => (
        <li key={item.raw}>{each(childrenOf(item), (child) => block(child, onPage))}</li>
      ));
      return token.ordered ? <ol className={c('list')}>{items}</ol> : <ul className={c('list')}>{items}</ul>;
    }
    case 'table':
      return (
        <table className={c('table')}>
          <thead>
            <tr>
              {token.header.map((cell) => (
                <th key={cell.text} scope="col">
                  {words(cell.tokens as MarkedToken[])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {token.rows.map((row) => (
              <tr key={row.map((cell) => cell.text).join('|')}>
                {row.map((cell) => (
                  <td key={cell.text}>{words(cell.tokens as MarkedToken[])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'space':
      return null;
    default:
      return inline(token, onPage);
  }
}

/** Renders the Markdown that the handbook uses; anything else, HTML included, stays text. */
export const PageText = ({ tokens, onPage }: Props) => each(tokens, (token) => block(token, onPage));
