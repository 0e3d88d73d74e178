/** Marks a value as demonstration data (示例数据). */
export function DemoTag() {
  return (
    <span className="demo-tag" title="示例数据：虚构，仅供演示，不得引用">
      示例
    </span>
  );
}
