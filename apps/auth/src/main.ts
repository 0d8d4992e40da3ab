import { runService } from '@orion/service';
import { authConfig } from './auth.config';
import { AuthModule } from './auth.module';

void runService({ name: 'auth', module: (config) => AuthModule.with(config), config: authConfig });
