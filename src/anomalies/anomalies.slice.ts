import type { Slice } from '../slice/slice.js';
import { AnomaliesController } from './anomalies.controller.js';

/** 数据异常提示: marks over all units and periods. It has no events of its own. */
export const anomaliesSlice: Slice = {
  name: 'anomalies',
  events: [],
  projections: [],
  controllers: [AnomaliesController],
};
