/** Without sign-in: how a team gets in. */
export function Alone() {
  return (
    <section className="section">
      <h2>To work with others</h2>
      <ol className="stack" style={{ listStyle: 'decimal', paddingLeft: 18 }}>
        <li>Make yourself an account in the terminal; it asks for a password.<pre className="code" tabIndex={0} style={{ marginTop: 6, whiteSpace: 'pre-wrap' }}>desirelines account add &quot;Your Name&quot; --owner</pre></li>
        <li>Serve with sign-in, under the name that people reach this machine by.<pre className="code" tabIndex={0} style={{ marginTop: 6, whiteSpace: 'pre-wrap' }}>DESIRELINES_HOST_NAMES=maps.example.org desirelines serve --sign-in --host 0.0.0.0</pre></li>
        <li>Put a proxy that speaks https in front of it, and set <code>DESIRELINES_HTTPS=on</code>.</li>
        <li>Come back to this page: here you invite the others, each with a role.</li>
      </ol>
    </section>
  );
}
