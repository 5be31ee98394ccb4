import { library } from '../rolldown.ts';

export default library({ index: 'src/index.ts', backend: 'src/backend.ts' });
