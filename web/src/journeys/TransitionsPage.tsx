export function TransitionsPage() { return <div className="page"><h1>TransitionsPage</h1></div>; }
