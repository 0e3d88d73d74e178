/** What is counted one by one: half a person is no value. Ours. */
const countedUnits = ['人', '户', '个', '张', '件', '家', '名', '所', '处', '人次', '座', '对', '项', '条'];

/** Whether values in this unit of measure are whole numbers. */
export const isCounted = (unitOfMeasure: string): boolean => countedUnits.includes(unitOfMeasure);
