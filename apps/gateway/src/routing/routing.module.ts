import { Module } from '@nestjs/common';
import { Admission } from './admission.service';
import { Breakers } from './breakers.service';
import { Door } from './door.service';
import { Forwarder } from './forwarder.service';
import { FrontDoor } from './front-door.service';
import { RateLimiter } from './rate-limiter.service';
import { Refusal } from './refusal.service';

@Module({
  providers: [Admission, Breakers, Door, Forwarder, FrontDoor, RateLimiter, Refusal],
  exports: [Door, FrontDoor],
})
export class RoutingModule {}
