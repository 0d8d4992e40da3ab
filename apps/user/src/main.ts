import { runService } from '@orion/service';
import { userConfig } from './user.config';
import { UserModule } from './user.module';

void runService({ name: 'user', module: (config) => UserModule.with(config), config: userConfig });
