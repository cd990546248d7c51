/** What takes a place in the page's order of tabs and can be seen. */
const REACHABLE = 'button:not([disabled]), a[href], input:not([type="hidden"]), textarea, select, summary';

/**
 * Call it before a form is sent, and what it returns once the page shows the outcome. A button that is disabled
 * meanwhile, or gone afterwards, loses the focus: whoever uses a keyboard or a screen reader would begin again at the
 * top of the page. A field that was refused comes first, then the button that was pressed, then the form that took the
 * place of this one, then what is left around it.
 */
export function keepFocus(form: HTMLFormElement, pressed: HTMLElement | null): () => void {
  const around = ancestorsOf(form);
  const name = form.dataset['form'] ?? '';
  return () => {
    const refused = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (refused) return refused.focus();
    if (document.activeElement && document.activeElement !== document.body) return;
    const successor = document.querySelector<HTMLElement>(`form[data-form="${CSS.escape(name)}"] button`);
    // An emptied list holds nothing to go to: then what is around the list.
    const place = [pressed, successor].find(isReachable) ?? around.map(firstIn).find((found) => found !== undefined);
    place?.focus({ preventScroll: true });
  };
}

const isReachable = (element: HTMLElement | null): boolean =>
  element !== null && element.isConnected && element.matches(REACHABLE) && element.checkVisibility();

const firstIn = (element: HTMLElement): HTMLElement | undefined =>
  [...element.querySelectorAll<HTMLElement>(REACHABLE)].find(isReachable);

function ancestorsOf(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}
