import { library } from '../rolldown.ts';

export default library({ index: 'src/index.ts', worker: 'src/threads/worker.ts' });
