/** Where the reader is: a section and its search parameters, in the URL's hash, so that every view has an address. */

/** `section`, and `params` of it. */
export interface Place {
  readonly section: string;
  readonly params: URLSearchParams;
}

type Listener = (place: Place) => void;

export class HashRoute {
  readonly #window: Window;
  readonly #sections: readonly string[];
  readonly #listeners = new Set<Listener>();
  /** The parameters of each section, as the reader left them. */
  readonly #left = new Map<string, string>();
  #place: Place;

  /** `sections[0]` is where a hash that names none leads. */
  constructor(window: Window, sections: readonly string[]) {
    this.#window = window;
    this.#sections = sections;
    this.#place = this.#read() ?? { section: sections[0], params: new URLSearchParams() };
    this.#left.set(this.#place.section, this.#place.params.toString());
    window.addEventListener('hashchange', () => {
      const place = this.#read();
      // A hash that is no section is a jump within the page.
      if (place !== undefined) this.#go(place);
    });
  }

  get place(): Place {
    return this.#place;
  }

  /** The hash that leads to a section, as the reader left it. */
  hrefOf(section: string): string {
    return hashOf(section, this.#left.get(section) ?? '');
  }

  /** Changes parameters of the section that is shown: null and '' take one away. No entry in the history: filters are no pages. */
  set(changes: Readonly<Record<string, string | null>>): void {
    const params = new URLSearchParams(this.#place.params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') params.delete(name);
      else params.set(name, value);
    }
    this.#window.history.replaceState(null, '', hashOf(this.#place.section, params.toString()));
    this.#go({ section: this.#place.section, params });
  }

  /** Calls `listener` after every change; the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #go(place: Place): void {
    this.#place = place;
    this.#left.set(place.section, place.params.toString());
    for (const listener of this.#listeners) listener(place);
  }

  #read(): Place | undefined {
    const [section, search = ''] = this.#window.location.hash.slice(1).split(/\?(.*)/s);
    return this.#sections.includes(section) ? { section, params: new URLSearchParams(search) } : undefined;
  }
}

function hashOf(section: string, search: string): string {
  return `#${section}${search === '' ? '' : `?${search}`}`;
}
