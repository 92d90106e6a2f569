import { type AriaAttributes, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

interface Props extends AriaAttributes {
  readonly className: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** Of one that stays pressed, whether it is. */
  readonly isSelected?: boolean;
  readonly autoFocus?: boolean;
  /** By keyboard it is no stop. */
  readonly excludeFromTabOrder?: boolean;
  /** The focus stays where it is. */
  readonly preventFocusOnPress?: boolean;
  readonly children: ReactNode;
}

const isPressKey = ({ key }: KeyboardEvent) => key === 'Enter' || key === ' ';

/**
 * The browser's own button with the manners of React Aria's, which the first look need not wait for: a key presses
 * when it is let go, and only where it went down, so that one that is still held from the screen before presses
 * nothing; a finger leaves no hover behind.
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
  // Once it can be seen, and before the dialog around it looks for what has the focus.
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
