import { html, joined, row, table, terms } from './html.js';

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    const hostile = `<img src=x onerror="alert('1')"> & co`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co</p>',
    );
  });

  it('does not escape nested markup again', () => {
    const items = ['a&b', 'c'].map((text) => html`<li>${text}</li>`);
    expect(html`${items}`.text).toBe('<li>a&amp;b</li><li>c</li>');
  });

  it('prints nothing for undefined, false and null, and prints zero', () => {
    expect(html`[${undefined}${false}${null}${0}]`.text).toBe('[0]');
  });

  it('joins items with an escaped separator', () => {
    expect(html`${joined(['a', html`<b>b</b>`, 'c'], '<')}`.text).toBe('a&lt;<b>b</b>&lt;c');
  });

  it('leaves out terms without content', () => {
    const { text } = terms([
      ['有', '1'],
      ['无', undefined],
    ]);
    expect(text).toContain('有');
    expect(text).not.toContain('无');
  });

  it('renders tables with a repeatable head and row headings', () => {
    const columns = [{ head: '甲' }, { head: '乙', number: true }];
    const { text } = table(columns, [row(columns, ['<a>', 1])]);
    expect(text).toMatch(/<thead>[^]*<th scope="col" class="number">乙<\/th>[^]*<\/thead>/);
    expect(text).toContain('<th scope="row">&lt;a&gt;</th>');
    expect(text).toContain('<td class="number">1</td>');
  });
});
