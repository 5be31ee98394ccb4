/** The store and the route as a component's state. */
import { useEffect, useState } from 'preact/hooks';
import type { HashRoute } from '../shell/hash-route.ts';
import type { Results, ResultStore } from './result-store.ts';

/** The results; the component renders again when there are more. */
export function useResults(store: ResultStore): Results {
  const [results, setResults] = useState(store.results);
  useEffect(() => store.subscribe(() => setResults(store.results)), [store]);
  return results;
}

/** The parameters of `section`; the component renders again when they change. While another section is shown, those it had last. */
export function useParams(route: HashRoute, section: string): URLSearchParams {
  const own = (): URLSearchParams | undefined => (route.place.section === section ? route.place.params : undefined);
  const [params, setParams] = useState(own() ?? new URLSearchParams());
  useEffect(
    () =>
      route.subscribe(() => {
        const now = own();
        if (now !== undefined) setParams(now);
      }),
    [route, section],
  );
  return params;
}
