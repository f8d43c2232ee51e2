export function DataPage() { return <div className="page"><h1>DataPage</h1></div>; }
