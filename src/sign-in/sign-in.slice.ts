import type { Slice } from '../slice/slice.js';
import { AccountController } from './account.controller.js';
import { DemonstrationController } from './demonstration.controller.js';
import { OpenIdController } from './openid.controller.js';
import { SessionController } from './session.controller.js';
import { TokensController } from './tokens.controller.js';

/** Signing in, and what people do with their own accounts. It has no events but those of the people. */
export const signInSlice: Slice = {
  name: 'sign-in',
  events: [],
  projections: [],
  controllers: [SessionController, AccountController, TokensController, OpenIdController, DemonstrationController],
};
