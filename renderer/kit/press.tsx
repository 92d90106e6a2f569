import { type AriaAttributes, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

interface Props extends AriaAttributes {
  readonly className: string;
  readonly id?: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** For a toggle: whether it is pressed. */
  readonly isSelected?: boolean;
  readonly autoFocus?: boolean;
  /** Not a tab stop. */
  readonly excludeFromTabOrder?: boolean;
  /** Keeps the focus where it is. */
  readonly preventFocusOnPress?: boolean;
  readonly children: ReactNode;
}

const isPressKey = ({ key }: KeyboardEvent) => key === 'Enter' || key === ' ';

/**
 * A native button that behaves like React Aria's, which the first screen need not load: a key acts on release, and
 * only where it was pressed, so a key held from the previous screen does nothing; touch leaves no hover.
 */
export function Press(props: Props) {
  const {
    onPress,
    isDisabled = false,
    isSelected,
    autoFocus = false,
    excludeFromTabOrder,
    preventFocusOnPress,
    ...rest
  } = props;
  const ref = useRef<HTMLButtonElement>(null);
  const [isHovered, setHovered] = useState(false);
  const [pressedBy, setPressedBy] = useState<'pointer' | 'key' | null>(null);
  // Once visible, but before the dialog looks for the focus.
  useEffect(() => {
    if (autoFocus) ref.current?.focus();
  }, [autoFocus]);
  const keepKey = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      {...rest}
      ref={ref}
      type="button"
      disabled={isDisabled}
      aria-pressed={isSelected}
      tabIndex={excludeFromTabOrder ? -1 : undefined}
      data-hovered={(isHovered && !isDisabled) || undefined}
      data-pressed={(pressedBy !== null && !isDisabled) || undefined}
      data-selected={isSelected || undefined}
      data-disabled={isDisabled || undefined}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
      onKeyDown={(event) => {
        if (!isPressKey(event)) return;
        keepKey(event);
        if (!event.repeat) setPressedBy('key');
      }}
      onKeyUp={(event) => {
        if (!isPressKey(event) || pressedBy !== 'key') return;
        keepKey(event);
        setPressedBy(null);
        onPress();
      }}
      onMouseDown={preventFocusOnPress ? (event) => event.preventDefault() : undefined}
      onPointerEnter={(event) => setHovered(event.pointerType !== 'touch')}
      onPointerDown={(event) => setPressedBy(event.button === 0 ? 'pointer' : null)}
      onPointerUp={() => setPressedBy(null)}
      onPointerCancel={() => setPressedBy(null)}
      onPointerLeave={() => {
        setHovered(false);
        setPressedBy(null);
      }}
      onBlur={() => setPressedBy(null)}
    />
  );
}
