import { html } from './markup.js';

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
});
