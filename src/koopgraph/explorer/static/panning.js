// Moving over a plane by pointer, wheel and keys; what is moved is its owner's.

const STEP = 60;

/**
 * Listen on `target` and tell `owner`: `pan(dx, dy)` in pixels, `zoom(factor, x, y)` around a point of the target (its middle where
 * none is given), `fit()`, `tap(x, y)` for a press without a move, `hover(x, y)`, and `moved()` after each movement.
 */
export function listenForMoves(target, owner) {
  const pointers = new Map();
  let moved = false;
  const at = (event) => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  target.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, at(event));
    moved = pointers.size > 1;
    target.setPointerCapture(event.pointerId);
  });
  target.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    const now = at(event);
    if (!before) return owner.hover(now.x, now.y);
    if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) return undefined;
    moved = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 1);
      owner.zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else owner.pan(now.x - before.x, now.y - before.y);
    pointers.set(event.pointerId, now);
    return undefined;
  });
  const end = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    const { x, y } = at(event);
    if (moved) owner.moved();
    else if (event.type === "pointerup") owner.tap(x, y);
  };
  target.addEventListener("pointerup", end);
  target.addEventListener("pointercancel", end);
  let timer = null;
  target.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { x, y } = at(event);
      owner.zoom(2 ** (-event.deltaY / 300), x, y);
      clearTimeout(timer);
      timer = setTimeout(() => owner.moved(), 120);
    },
    { passive: false },
  );
  target.addEventListener("keydown", (event) => {
    const moves = {
      ArrowLeft: () => owner.pan(STEP, 0),
      ArrowRight: () => owner.pan(-STEP, 0),
      ArrowUp: () => owner.pan(0, STEP),
      ArrowDown: () => owner.pan(0, -STEP),
      "+": () => owner.zoom(1.5),
      "-": () => owner.zoom(1 / 1.5),
      0: () => owner.fit(),
    };
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moves[event.key]();
    owner.moved();
  });
}
